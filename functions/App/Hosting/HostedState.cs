using System.Text.RegularExpressions;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting;

/// <summary>Where the hosted app keeps its state.</summary>
internal abstract partial record HostedState
{
    private const string Setting = "StateStorage";
    private const string DefaultTable = "state";

    private HostedState()
    {
    }

    /// <summary>A table, opened with a managed identity: the system's when no client id is given.</summary>
    public sealed record Table(Uri Service, string? ClientId, string Name) : HostedState;

    /// <summary>A table, opened with a connection string: an emulator, or an account that still takes keys.</summary>
    public sealed record TableByKey(string ConnectionString, string Name) : HostedState;

    /// <summary>A directory, which only one instance has.</summary>
    public sealed record LocalDirectory(string Path) : HostedState;

    /// <exception cref="UserErrorException">A setting is wrong; says which.</exception>
    public static HostedState Read(IConfiguration configuration)
    {
        var service = configuration[$"{Setting}:tableServiceUri"];
        var connection = configuration[Setting];
        var name = configuration[$"{Setting}:table"] ?? DefaultTable;
        if (string.IsNullOrEmpty(service) && string.IsNullOrEmpty(connection))
        {
            return new LocalDirectory(configuration["ScaleFunctions:State"] ?? Path.Combine(Path.GetTempPath(), "scalefunctions-state"));
        }

        if (!Allowed().IsMatch(name))
        {
            throw new UserErrorException($"the app setting {Setting}__table is '{name}'; expected 3 to 63 letters and digits, the first a letter");
        }

        return string.IsNullOrEmpty(service)
            ? new TableByKey(connection!, name)
            : new Table(AddressOf(service), configuration[$"{Setting}:clientId"], name);
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var service) && service.Scheme == Uri.UriSchemeHttps
            ? service
            : throw new UserErrorException($"the app setting {Setting}__tableServiceUri is '{text}'; expected https://ACCOUNT.table.core.windows.net");

    // https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9]{2,62}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Allowed();
}
