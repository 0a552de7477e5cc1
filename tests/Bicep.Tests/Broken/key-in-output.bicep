// Wrong on purpose: hands out a key.
resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'broken'
}

output key string = account.listKeys().keys[0].value
