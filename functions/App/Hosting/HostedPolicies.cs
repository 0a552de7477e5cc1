using System.Text.RegularExpressions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Storage.Blobs;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Hosting;

/// <summary>Where the hosted app reads its policies.</summary>
internal abstract partial record HostedPolicies
{
    private const string Setting = "PolicyStorage";
    private const string DefaultContainer = "policies";
    private const string CommitSetting = "ScaleFunctions:PolicyCommit";

    private HostedPolicies()
    {
    }

    /// <summary>A directory: that of the package, or any other.</summary>
    public sealed record Directory(string Path) : HostedPolicies;

    /// <summary>A directory of a Git checkout, pinned to a commit.</summary>
    public sealed record Checkout(string Path, string Pin) : HostedPolicies;

    /// <summary>A blob container, opened with a managed identity: the system's when no client id is given.</summary>
    public sealed record Container(Uri Service, string? ClientId, string Name) : HostedPolicies;

    /// <summary>A blob container, opened with a connection string: an emulator, or an account that still takes keys.</summary>
    public sealed record ContainerByKey(string ConnectionString, string Name) : HostedPolicies;

    /// <exception cref="UserErrorException">A setting is wrong, or two places are named; says which.</exception>
    public static HostedPolicies Read(IConfiguration configuration)
    {
        var (service, connection, commit) = (configuration[$"{Setting}:blobServiceUri"], configuration[Setting], configuration[CommitSetting]);
        var directory = configuration["ScaleFunctions:Policies"];
        if (string.IsNullOrEmpty(service) && string.IsNullOrEmpty(connection))
        {
            var path = directory ?? Path.Combine(AppContext.BaseDirectory, "policies");
            return string.IsNullOrEmpty(commit) ? new Directory(path)
                : GitPolicies.IsPin(commit) ? new Checkout(path, commit)
                : throw new UserErrorException(
                    $"the app setting ScaleFunctions__PolicyCommit is '{commit}'; expected the whole hash of a commit, 40 or 64 hexadecimal digits, or @ and a file that holds it");
        }

        if (!string.IsNullOrEmpty(commit) || !string.IsNullOrEmpty(directory))
        {
            throw new UserErrorException(
                $"the app settings name two places of policies, {Setting} and ScaleFunctions__{(string.IsNullOrEmpty(commit) ? "Policies" : "PolicyCommit")}; leave one out");
        }

        var name = configuration[$"{Setting}:container"] ?? DefaultContainer;
        if (!Allowed().IsMatch(name))
        {
            throw new UserErrorException($"the app setting {Setting}__container is '{name}'; expected 3 to 63 small letters, digits and single hyphens between them");
        }

        return string.IsNullOrEmpty(service)
            ? new ContainerByKey(connection!, name)
            : new Container(AddressOf(service), configuration[$"{Setting}:clientId"], name);
    }

    /// <exception cref="UserErrorException">The connection string is none.</exception>
    public IPolicyFiles Open(UsageCounter? usage = null)
    {
        switch (this)
        {
            case Directory directory:
                return new DirectoryPolicies(directory.Path);
            case Checkout checkout:
                return new GitPolicies(checkout.Path, checkout.Pin);
            case Container container:
                return new BlobPolicies(BlobFolder.Open(container.Service, AzureCredentials.Hosted(container.ClientId), container.Name, usage));
            default:
                var keyed = (ContainerByKey)this;
                try
                {
                    return new BlobPolicies(BlobFolder.Open(keyed.ConnectionString, keyed.Name, usage));
                }
                catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
                {
                    // Not its message, which is never printed: that can repeat the key.
                    throw new UserErrorException($"the app setting {Setting} is no connection string of a storage account; copy it whole, or name the account by its address and let an identity open it", exception);
                }
        }
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var service) && service.Scheme == Uri.UriSchemeHttps
            ? service
            : throw new UserErrorException($"the app setting {Setting}__blobServiceUri is '{text}'; expected https://ACCOUNT.blob.core.windows.net");

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Allowed();
}
