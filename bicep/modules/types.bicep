@export()
@description('Names and values of Azure tags.')
type Tags = { *: string }

@export()
@description('Where policies take signals from beside metrics, in one resource group.')
type SignalSources = {
  resourceGroup: string

  @description('Names of Log Analytics workspaces.')
  workspaces: string[]

  @description('Names of storage accounts with queues.')
  storageAccounts: string[]
}

@description('The policies of the package.')
type PackagePolicies = {
  from: 'package'
}

@description('The blobs of a container.')
type ContainerPolicies = {
  from: 'container'

  @description('Name of the storage account; left out: that of the app, where the container is made.')
  @minLength(3)
  @maxLength(24)
  storageAccount: string?

  @description('Resource group of that account, of this subscription; left out: that of the app. Refused without an account.')
  resourceGroup: string?

  @description('Name of the container; policies when it is left out. Refused are those that the app has for something else in its own account.')
  @minLength(3)
  @maxLength(63)
  container: string?
}

@description('A directory that the app can see, such as a mounted share.')
type DirectoryPolicies = {
  from: 'directory'

  @minLength(1)
  path: string

  @description('The directory is a Git checkout, or lies in one, and counts only at this commit: its whole hash, or @ and a file that holds it.')
  commit: string?
}

@export()
@description('Where policies are read.')
@discriminator('from')
type PolicySource = PackagePolicies | ContainerPolicies | DirectoryPolicies

@export()
@description('A budget of Azure, by month.')
type Budget = {
  @minLength(1)
  @maxLength(63)
  name: string

  @description('What may be spent in a month, in the currency that is billed.')
  @minValue(1)
  amount: int

  @description('First day of a month, such as 2026-01-01. Azure takes none before the month it is made in, and does not let it be changed.')
  startDate: string

  @description('Resource group; the whole subscription when it is left out.')
  resourceGroup: string?

  @description('Percentages of the amount that are told when what was spent passes them. With those of the forecast five at most.')
  @maxLength(5)
  actual: int[]

  @description('…and when what the month is expected to cost passes them.')
  @maxLength(5)
  forecast: int[]
}

type Notification = {
  enabled: bool
  operator: 'GreaterThan'
  threshold: int
  thresholdType: 'Actual' | 'Forecasted'
  contactEmails: string[]
  contactGroups: string[]
  contactRoles: string[]
}

@description('Names and what is told.')
type Notifications = { *: Notification }

@export()
@description('What Azure tells of a budget, and whom.')
func notifications(budget Budget, actionGroups string[], emails string[]) Notifications =>
  union(
    toObject(budget.actual, threshold => 'actual-${threshold}', threshold => {
      enabled: true
      operator: 'GreaterThan'
      threshold: threshold
      thresholdType: 'Actual'
      contactEmails: emails
      contactGroups: actionGroups
      // Azure takes no notification that nobody gets.
      contactRoles: empty(actionGroups) && empty(emails) ? ['Owner'] : []
    }),
    toObject(budget.forecast, threshold => 'forecast-${threshold}', threshold => {
      enabled: true
      operator: 'GreaterThan'
      threshold: threshold
      thresholdType: 'Forecasted'
      contactEmails: emails
      contactGroups: actionGroups
      // Azure takes no notification that nobody gets.
      contactRoles: empty(actionGroups) && empty(emails) ? ['Owner'] : []
    })
  )

@export()
@description('What the app and its own resource group may cost in a month.')
type OwnBudget = {
  @minValue(1)
  amount: int

  @description('First day of a month, as that of a budget.')
  startDate: string
}

@export()
@description('How the app is reached and reaches its storage: a network to make, or subnets that are there.')
type PrivateNetwork = {
  @description('Address space of the network to make, a /24 or larger. Left out when the subnets are named.')
  addressPrefix: string?

  @description('Resource id of a subnet for the app alone, delegated to Microsoft.App/environments (flex) or Microsoft.Web/serverFarms (premium).')
  appSubnetId: string?

  @description('Resource id of a subnet for private endpoints.')
  endpointSubnetId: string?

  @description('true: names are looked after elsewhere, as by a policy that registers endpoints in central zones. Else the template makes zones.')
  namesAreElsewhere: bool?
}

@export()
@description('An app setting whose value is a secret of a Key Vault.')
type SecretSetting = {
  name: string

  @description('https://VAULT.vault.azure.net/secrets/NAME; without a version the newest is taken.')
  secretUri: string
}
