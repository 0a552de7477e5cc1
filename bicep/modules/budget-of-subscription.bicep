// A budget of a subscription that calls an action group. Policies of the kind BudgetAlerts name it by its id.
targetScope = 'subscription'

import { Budget, notifications } from 'types.bicep'

param budget Budget
@description('Resource ids of the action groups to call.')
param actionGroups string[]
@description('Who gets a mail besides.')
param emails string[] = []

resource limit 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: budget.name
  properties: {
    category: 'Cost'
    amount: budget.amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budget.startDate
    }
    notifications: notifications(budget, actionGroups, emails)
  }
}

output id string = limit.id
