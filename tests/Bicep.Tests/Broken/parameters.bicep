@allowed(['observe', 'act'])
param mode string

output mode string = mode
