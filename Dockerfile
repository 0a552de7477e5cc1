# The function app on the Functions host's own image. What goes in is what is deployed without a container, built and tested before:
#   dotnet build functions/App -t:StageFunctionApp
#   docker build --tag scalefunctions .
# Whoever adopts it names the image's digest in place of its tag.
FROM mcr.microsoft.com/azure-functions/base:4

ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    FUNCTIONS_WORKER_RUNTIME=custom

# The host starts as the image says, and starts the program that host.json names: no command here.
COPY artifacts/functionapp /home/site/wwwroot
