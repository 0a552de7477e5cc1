using 'parameters.bicep'

param mode = 'acts'
