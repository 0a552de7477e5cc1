using Azure.Core;
using Azure.Identity;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>The only place that makes credentials for Azure.</summary>
public static class AzureCredentials
{
    /// <summary>The identity Azure gave this app. Nothing else is tried, so that a missing identity is an error and not another account.</summary>
    /// <param name="clientId">Client id of a user-assigned identity; the system-assigned one when absent.</param>
    public static TokenCredential Hosted(string? clientId = null) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));

    /// <summary>Whoever is signed in at this machine, for the command line.</summary>
    public static TokenCredential SignedIn() => new DefaultAzureCredential(
        new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true });
}
