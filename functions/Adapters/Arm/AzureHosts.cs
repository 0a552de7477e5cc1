namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// The hosts that may get a token. Addresses also come out of answers (next pages, operations), so each is compared as
/// a parsed address, never as text.
/// </summary>
internal sealed class AzureHosts(AzureConnection connection)
{
    public bool IsManagement(Uri address) =>
        IsPlain(address)
        && address.Port == connection.Environment.Endpoint.Port
        && string.Equals(address.IdnHost, connection.Environment.Endpoint.IdnHost, StringComparison.OrdinalIgnoreCase);

    public bool IsMetrics(Uri address)
    {
        if (!IsPlain(address) || !address.IsDefaultPort || !address.IdnHost.EndsWith($".{connection.MetricsDomain}", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var region = address.IdnHost.AsSpan(0, address.IdnHost.Length - connection.MetricsDomain.Length - 1);
        return !region.IsEmpty && !region.ContainsAnyExcept(RegionLetters);
    }

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

    private static bool IsPlain(Uri address) =>
        address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;
}
