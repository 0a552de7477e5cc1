using System.Diagnostics.Metrics;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Counts what this process asks of one port, by the framework's own measurements.</summary>
internal sealed class TableRequests : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public TableRequests(int port)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "server.port" && tag.Value is int asked && asked == port)
                {
                    Interlocked.Increment(ref _count);
                }
            }
        });
        _listener.Start();
    }

    /// <summary>Requests since the last time it was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    public void Dispose() => _listener.Dispose();
}
