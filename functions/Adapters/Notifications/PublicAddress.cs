using System.Net;
using System.Net.Sockets;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>
/// Tells addresses of the public internet from those that an alert must never reach: this machine, its network, the metadata service of
/// the cloud. The ranges are those of IANA's special-purpose registries, and Azure's own 168.63.129.16.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Within the global ones: those of protocols, of documents, and those that carry an address of the old kind within.</summary>
    private static readonly IPNetwork[] ClosedOfGlobal =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text)),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Closed.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => plain.ScopeId == 0 && Global.Contains(plain) && !ClosedOfGlobal.Any(network => network.Contains(plain)),
            _ => false,
        };
    }
}
