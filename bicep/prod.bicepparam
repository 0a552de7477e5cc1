using 'main.bicep'

// For a fleet that matters: acts, hears of changes at once, has a network of its own, and tells people. Deploy it with mode observe and
// without deployEvents first; docs/deploy.md says in which order.
param name = 'scaleprod'
param plan = 'flex'
param mode = 'act'
param deployEvents = true
param fleetResourceGroups = ['rg-shop', 'rg-reports']
param tags = {
  application: 'ScaleFunctions'
  environment: 'prod'
}
param scaleTickAlwaysReady = 1
param evaluateAlwaysReady = 2
param maximumInstanceCount = 100
param logRetentionInDays = 90
param alertEmails = ['platform-on-call@example.com']
// The package and the storage are then reached from within the network only, by whoever deploys as well.
param privateNetwork = {
  addressPrefix: '10.90.0.0/24'
}
// The first of a month: the one of the deployment, or one to come.
param ownBudget = {
  amount: 250
  startDate: '2027-01-01'
}
