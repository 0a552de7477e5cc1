// Tells a person when no tick finishes any more. It waits for the absence of a signal, so it works when the app is gone altogether.
import { Tags } from 'types.bicep'

param appName string
param location string
param tags Tags
@description('Resource ids of the action groups to call. With none, the alert is only seen in the portal.')
param actionGroups string[]
@description('Five minutes: three ticks, and what telemetry usually takes to arrive. Azure offers one and five, and one would tell of every late line.')
param window string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: appName
}

// It counts rows, and no row is a count of 0, which is below 1: an app that is gone altogether fires it as one that stands still.
resource noTick 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: '${appName}-no-tick'
  location: location
  tags: tags
  properties: {
    displayName: '${appName}: no tick finishes'
    description: 'ScaleFunctions decides on nothing: no tick has finished within the last minutes. docs/telemetry.md says what to look at.'
    severity: 1
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT1M'
    windowSize: window
    autoMitigate: true
    // The table has no row, and may have no column, before the app first ran.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "scalefunctions.ticks" and tostring(Properties["scalefunctions.outcome"]) == "finished" and Sum > 0'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}
