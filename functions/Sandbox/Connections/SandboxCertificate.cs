using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScaleFunctions.Sandbox.Connections;

internal static class SandboxCertificate
{
    /// <summary>A self-signed certificate for one run. Clients pin it, so its names and dates do not matter to them.</summary>
    public static X509Certificate2 Create(TimeProvider realTime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ScaleFunctions sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("management.azure.com");
        names.AddDnsName("*.metrics.monitor.azure.com");
        request.CertificateExtensions.Add(names.Build());
        var now = realTime.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
