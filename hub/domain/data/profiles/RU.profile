# Russian Federation.  The bank itself suspends for two days; an investigator
# for ten with the consent of the head of the investigative body; after that a
# court arrests.  The rouble limits are the hub's, no law names any.

name            RU
label           Russian Federation
version         2025-09-01
time zone       Europe/Moscow
language        ru
holidays        RU
default basis   COMPLAINT_STATEMENT
ends by         day 2 of a suspension by the bank; day 10 of one by the investigator; rehabilitation (Criminal Procedure Code, articles 133 and 134)

hold            2 days
longest hold    10 days
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked

limit           RUB  50000000.00  500.00
limit           INR  5000000.00  500.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

document KUSP_EXTRACT
  label    Registration of the statement of a crime (KUSP)
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, articles 141 and 144

document SUSPENSION_ORDER
  label    Order of the investigator to suspend operations, with the consent of the head of the investigative body or the prosecutor
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, article 115.2 (Federal Law of 31 July 2025 No. 278-FZ)

document ARREST_PETITION
  label    Petition to the court for arrest, 48 hours before the suspension ends
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, article 115.2

document ARREST_RULING
  label    Ruling of the court on arrest of property
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, articles 115 and 165

basis COMPLAINT_STATEMENT
  label    Statement of a crime by the payer
  source   Federal Law of 27 June 2011 No. 161-FZ on the national payment system, article 9; Criminal Procedure Code of 18 December 2001 No. 174-FZ, article 141
  hold     2 days
  converts CRIMINAL_CASE
  owes     KUSP_EXTRACT within 24 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis FZ161_SIGNAL
  label    Sign of a transfer without the client's consent, from the Bank of Russia's database
  source   Federal Law of 27 June 2011 No. 161-FZ on the national payment system, articles 8 and 27
  hold     2 days
  converts CRIMINAL_CASE
  owes     KUSP_EXTRACT within 2 days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis CRIMINAL_CASE
  label    Suspension of operations in a criminal case
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, article 115.2 (Federal Law of 31 July 2025 No. 278-FZ)
  valid    from 2025-09-01
  hold     10 days
  converts COURT_ARREST
  owes     SUSPENSION_ORDER within 24 hours
  owes     ARREST_PETITION within 8 days
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis COURT_ARREST
  label    Arrest of property by a court
  source   Criminal Procedure Code of 18 December 2001 No. 174-FZ, articles 115 and 165
  owes     ARREST_RULING within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
