using Azure.Core;
using Azure.Data.Tables;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Storage.Tables;

/// <summary>Makes the SDK's client the way the state needs it.</summary>
internal static class TableClients
{
    public static TableClient Create(Uri tableServiceUri, TokenCredential credential, string table, UsageCounter? usage = null) =>
        tableServiceUri.Scheme == Uri.UriSchemeHttps
            ? new(tableServiceUri, table, credential, Options(usage))
            : throw new ArgumentException("A token is only sent over TLS: the address must begin with https.", nameof(tableServiceUri));

    public static TableClient Create(string connectionString, string table, UsageCounter? usage = null) => new(connectionString, table, Options(usage));

    /// <remarks>
    /// Writes are repeated by the SDK too: each is conditional, so a repetition of one that landed is refused, and
    /// <see cref="VersionedRows"/> sees by its id that it was our own.
    /// </remarks>
    internal static TableClientOptions Options(UsageCounter? usage = null)
    {
        var options = new TableClientOptions();
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Diagnostics.ApplicationId = "ScaleFunctions";
        CountingPolicy.Add(options, usage, UsageKind.TableTransactions);
        return options;
    }
}
