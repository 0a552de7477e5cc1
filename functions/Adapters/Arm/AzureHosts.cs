namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// The hosts that may get a request, all but the price list's with a token. Addresses also come out of answers (next pages, operations), so each is compared as
/// a parsed address, never as text.
/// </summary>
internal sealed class AzureHosts(AzureConnection connection)
{
    public bool IsManagement(Uri address) =>
        IsPlain(address)
        && address.Port == connection.Environment.Endpoint.Port
        && string.Equals(address.IdnHost, connection.Environment.Endpoint.IdnHost, StringComparison.OrdinalIgnoreCase);

    public bool IsMetrics(Uri address) => IsOneOf(address, connection.MetricsDomain);

    public bool IsQueue(Uri address) => IsOneOf(address, connection.QueueDomain);

    public bool IsLogs(Uri address) => Is(address, connection.LogsHost);

    public bool IsPrices(Uri address) => Is(address, connection.PricesHost);

    /// <summary>The metrics host of a region, or null when the name is not one of a region.</summary>
    public Uri? MetricsEndpoint(string region)
    {
        // Azure spells regions both "westeurope" and "West Europe".
        var name = region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Uri.TryCreate($"https://{name}.{connection.MetricsDomain}", UriKind.Absolute, out var address)
            && IsMetrics(address) && address.AbsolutePath == "/" && address.Query.Length == 0
            ? address
            : null;
    }

    private static readonly System.Buffers.SearchValues<char> RegionLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether the host is one plain name, a dot, and the domain.</summary>
    private static bool IsOneOf(Uri address, string domain)
    {
        if (!IsPlain(address) || !address.IsDefaultPort || !address.IdnHost.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var name = address.IdnHost.AsSpan(0, address.IdnHost.Length - domain.Length - 1);
        return !name.IsEmpty && !name.ContainsAnyExcept(RegionLetters);
    }

    private static bool Is(Uri address, string host) =>
        IsPlain(address) && address.IsDefaultPort && string.Equals(address.IdnHost, host, StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(Uri address) =>
        address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;
}
