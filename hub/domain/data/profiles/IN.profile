# India.  Each line is a name and its value; a basis has indented lines.
# Money is in whole currency units with their decimals, spans say their unit.

name            IN
label           India
version         2026-01-02
time zone       Asia/Kolkata
language        en
holidays        IN
weekend         sunday, saturday 2 4
default basis   NCRP_ACK
ends by         order of a court under BNSS 497 or 503; refund below INR 50,000 through the portal; day 90; a grievance decided for the holder

# A hold ends by itself on day 90 unless a court has ordered otherwise.
hold            90 days
longest hold    90 days
correction      5 days
grievance reply     7 days
grievance decision  15 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked
# The further from the victim, the shorter: the money is less surely his.
layer hold      100, 75, 50, 25, 10

# Above these an alert to the unit above: requests of one officer and of one
# unit in an hour, cases of one complainant in thirty days.  Above the multiple
# another supervisor approves.  What is not said is the same in each profile.
officer requests  20
unit requests     500
complainant cases 4
hard multiple     3

# From the lowest up; a slash stands between names of one rank.
ranks           CONSTABLE/PC, HEAD_CONSTABLE/HC, ASI, SI/PSI, INSPECTOR/PI/SHO, DSP/DYSP/ACP, ADDL_SP/ADDL_DCP, SP/SSP/DCP, DIG, IG, ADGP/ADG, DGP/DG

document OFFICER_LETTER
  label    Letter of the investigating officer to the institution
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 94

document FIR
  label    FIR, zero FIR or general diary entry
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 173

document MAGISTRATE_REPORT
  label    Report of the seizure to the magistrate, forthwith
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 106(3)

document ATTACHMENT_ORDER
  label    Order of attachment by the court
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 107

# Above the first sum a second supervisor approves; below the second the rest
# of a trail is not pursued; above the third, asked by one officer in a day, an
# alert (not said: ten times the first).
limit           INR  5000000.00  500.00  50000000.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

# Reported within three working days of the bank's notice of the payment: the
# customer bears nothing; the day of the notice does not count.
liability RBI_2017
  source   RBI circular DBR.No.Leg.BC.78/09.07.005/2017-18 of 6 July 2017, paragraphs 6 to 9
  credit   10 working days
  per      transaction
  within   3 working days: none
  within   7 working days: capped
  later:   policy
  cap      basic_savings INR 5000.00
  cap      savings INR 10000.00
  cap      prepaid INR 10000.00
  cap      current_small INR 10000.00
  cap      credit_card INR 10000.00
  cap      current INR 25000.00
  cap      credit_card_large INR 25000.00

basis NCRP_ACK
  label    Complaint acknowledged by the National Cybercrime Reporting Portal
  source   Ministry of Home Affairs, procedure of the Citizen Financial Cyber Fraud Reporting and Management System; RBI circular DBR.No.Leg.BC.78/09.07.005/2017-18 on unauthorised electronic transactions
  converts BNSS_106
  owes     OFFICER_LETTER within 24 hours
  owes     FIR within 3 days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis BNSS_94
  label    Written order to produce a document or thing
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 94
  rank     HEAD_CONSTABLE
  owes     OFFICER_LETTER within 24 hours
  scope    records
  actions  PRESERVE_RECORDS, PROVIDE_INFO, CONFIRM_STATUS

basis BNSS_168
  label    Prevention of a cognisable offence
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 168
  converts BNSS_106
  owes     OFFICER_LETTER within 24 hours
  owes     FIR within 3 days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, BLOCK_CARD, BLOCK_WALLET, SUSPEND_MERCHANT_SETTLEMENT
  actions  CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI, SUSPEND_LISTING
  actions  PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

# Courts differ on whether this section reaches bank accounts, hence never the
# default, and never a debit freeze.
basis BNSS_106
  label    Seizure of property suspected to be stolen (contested for accounts)
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 106
  converts BNSS_107
  owes     OFFICER_LETTER within 24 hours
  owes     FIR within 3 days
  owes     MAGISTRATE_REPORT within 48 hours
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis BNSS_107
  label    Attachment of proceeds of crime by a magistrate
  source   Bharatiya Nagarik Suraksha Sanhita 2023, section 107
  owes     ATTACHMENT_ORDER within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis CRPC_91
  label    Summons to produce a document or thing (until the new code)
  source   Code of Criminal Procedure 1973, section 91; repealed by Bharatiya Nagarik Suraksha Sanhita 2023, section 531
  valid    from 1974-04-01 to 2024-06-30
  rank     HEAD_CONSTABLE
  owes     OFFICER_LETTER within 24 hours
  scope    records
  actions  PRESERVE_RECORDS, PROVIDE_INFO, CONFIRM_STATUS

basis CRPC_102
  label    Seizure of property suspected to be stolen (until the new code)
  source   Code of Criminal Procedure 1973, section 102; repealed by Bharatiya Nagarik Suraksha Sanhita 2023, section 531
  valid    from 1974-04-01 to 2024-06-30
  converts BNSS_107
  owes     OFFICER_LETTER within 24 hours
  owes     MAGISTRATE_REPORT within 48 hours
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
