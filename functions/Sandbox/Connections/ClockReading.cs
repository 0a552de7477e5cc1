using System.Globalization;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Connections;

/// <summary>Keeps the mirror of a sandbox's clock in another process up to date from every answer.</summary>
internal sealed class ClockReading(HttpMessageHandler inner, ISimulatedTime time) : DelegatingHandler(inner)
{
    internal const string Header = "x-sandbox-now";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (time is RemoteSimulatedTime remote && response.Headers.TryGetValues(Header, out var values)
            && DateTimeOffset.TryParse(values.First(), CultureInfo.InvariantCulture, out var now))
        {
            remote.Observe(now);
        }

        return response;
    }
}
