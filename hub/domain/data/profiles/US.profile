# United States.  No statute sets how long a bank may hold at the asking of
# the police: the first span is the 72 hours in which a recall of the Recovery
# Asset Team works, the longest is the hub's own ceiling until a warrant.

name            US
label           United States
version         2026-01-01
time zone       America/New_York
language        en
holidays        US
default basis   IC3_COMPLAINT
ends by         the bank's policy; return over the recall; the warrant

hold            72 hours
longest hold    30 days
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked

limit           INR  5000000.00  500.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

# The spans run from when the customer learned of it; after sixty days what is
# taken later is theirs.
liability REG_E
  source   Regulation E, 12 CFR 1005.6(b) and 1005.11(c)
  credit   10 working days
  per      loss
  within   2 working days: capped USD 50.00
  within   60 days: capped USD 500.00
  later:   unlimited

document IC3_COMPLAINT_COPY
  label    Copy of the complaint with its id
  source   FBI Internet Crime Complaint Center

document SWIFT_RECALL
  label    Recall or cancellation of the payment by the sender's bank
  source   UCC article 4A-211

document HOLD_HARMLESS
  label    Hold-harmless letter or indemnity
  source   UCC article 4A-211(f)

document PRESERVATION_LETTER
  label    Preservation letter
  source   18 U.S.C. 2703(f)

document WARRANT
  label    Seizure warrant
  source   18 U.S.C. 981(b); Federal Rules of Criminal Procedure, rule 41

basis IC3_COMPLAINT
  label    Complaint to the Internet Crime Complaint Center
  source   FBI Internet Crime Complaint Center, complaint id; UCC article 4A-211 on cancelling a payment order; the bank acts by its own policy
  converts KILL_CHAIN
  owes     IC3_COMPLAINT_COPY within 24 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, SUSPEND_LISTING
  actions  PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis KILL_CHAIN
  label    Financial Fraud Kill Chain request
  source   FBI Recovery Asset Team, Financial Fraud Kill Chain
  converts SEIZURE_WARRANT
  owes     SWIFT_RECALL within 24 hours
  owes     HOLD_HARMLESS within 72 hours
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis PRESERVATION
  label    Preservation of records pending process
  source   18 U.S.C. 2703(f)
  hold     90 days
  extend   90 days, 1 time, PRESERVATION_LETTER
  owes     PRESERVATION_LETTER within 24 hours
  scope    records
  actions  PRESERVE_RECORDS, CONFIRM_STATUS

basis SEIZURE_WARRANT
  label    Seizure warrant
  source   18 U.S.C. 981(b), 18 U.S.C. 982
  owes     WARRANT within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND
  actions  CONFIRM_STATUS
