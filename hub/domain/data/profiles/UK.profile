# United Kingdom.  A bank may delay a payment that it suspects; a refused consent
# stops one for the moratorium; beyond that a court freezes.  The longest hold
# without an order is the notice period and the moratorium together.

name            UK
label           United Kingdom
version         2026-01-01
time zone       Europe/London
language        en
holidays        GB
default basis   BANK_REPORT
ends by         the statute of the measure: refusal of consent lapses with its moratorium, an order by its terms or by discharge

hold            72 hours
longest hold    42 days
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked

limit           GBP  1000000.00  10.00
limit           EUR  1000000.00  10.00
limit           INR  5000000.00  500.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

# From the lowest up; a slash stands between names of one rank.
ranks           CONSTABLE/DC/PC, SERGEANT/DS/PS, INSPECTOR/DI, CHIEF_INSPECTOR/DCI, SUPERINTENDENT/DSU, CHIEF_SUPERINTENDENT/DCS, COMMANDER, ASSISTANT_CHIEF_CONSTABLE, DEPUTY_CHIEF_CONSTABLE, CHIEF_CONSTABLE

document BANKING_PROTOCOL_REF
  label    Banking Protocol reference of the attending force
  source   Banking Protocol of UK Finance, National Trading Standards and the police

document SAR_DAML
  label    Suspicious activity report asking for a defence against money laundering
  source   Proceeds of Crime Act 2002, sections 335, 336 and 338

document AFO_APPLICATION
  label    Application for an account freezing order, authorised by a senior officer
  source   Proceeds of Crime Act 2002, sections 303Z1 and 303Z2

document AFO
  label    Account freezing order
  source   Proceeds of Crime Act 2002, section 303Z3

document RESTRAINT_ORDER
  label    Restraint order of the Crown Court
  source   Proceeds of Crime Act 2002, sections 40 and 41

basis BANK_REPORT
  label    Report of the bank, payment delayed on suspicion of fraud
  source   Payment Services Regulations 2017, regulation 86 as amended by the Payment Services (Amendment) Regulations 2024 (SI 2024/1013)
  valid    from 2024-10-30
  hold     72 hours
  converts CONSENT_REFUSED
  owes     SAR_DAML within 72 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis BANKING_PROTOCOL
  label    Banking Protocol call
  source   Banking Protocol of UK Finance, National Trading Standards and the police; the bank acts by its contract with the customer
  hold     72 hours
  converts CONSENT_REFUSED
  owes     BANKING_PROTOCOL_REF within 24 hours
  owes     SAR_DAML within 72 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

# 31 days from the refusal; a court extends them by 31 days at a time, to 186
# days in all (section 336C).  The application goes in before the first end.
basis CONSENT_REFUSED
  label    Consent refused, moratorium
  source   Proceeds of Crime Act 2002, sections 335(6) and 336A to 336D
  rank     INSPECTOR
  hold     31 days
  converts ACCOUNT_FREEZING_ORDER
  owes     SAR_DAML within 24 hours
  owes     AFO_APPLICATION within 30 days
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis ACCOUNT_FREEZING_ORDER
  label    Account freezing order
  source   Proceeds of Crime Act 2002, section 303Z3
  rank     INSPECTOR
  converts RESTRAINT
  owes     AFO within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis RESTRAINT
  label    Restraint order
  source   Proceeds of Crime Act 2002, section 41
  owes     RESTRAINT_ORDER within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
