// A budget of a resource group that calls an action group. Policies of the kind BudgetAlerts name it by its id.
targetScope = 'resourceGroup'

import { Budget, notifications } from 'types.bicep'

param budget Budget
@description('Resource id of the action group to call.')
param actionGroup string

resource limit 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: budget.name
  properties: {
    category: 'Cost'
    amount: budget.amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budget.startDate
    }
    notifications: notifications(budget, actionGroup)
  }
}

output id string = limit.id
