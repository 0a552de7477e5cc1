// The action group that budgets of Azure call: the app's webhook, and people by mail. Budgets only call groups of webhooks without the
// common alert schema; the app reads both.
import { Tags } from 'types.bicep'

param appName string
param groupName string
param tags Tags
param emails string[]
@description('Key of the function BudgetWebhook, made with "az functionapp function keys set". Azure keeps it in the action group.')
@secure()
param functionKey string

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: groupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'sf-budgets'
    enabled: true
    webhookReceivers: [
      {
        name: 'budget-webhook'
        serviceUri: 'https://${site.properties.defaultHostName}/hooks/budget?code=${functionKey}'
        useCommonAlertSchema: false
      }
    ]
    emailReceivers: [for (email, index) in emails: { name: 'mail-${index}', emailAddress: email, useCommonAlertSchema: false }]
  }
}
