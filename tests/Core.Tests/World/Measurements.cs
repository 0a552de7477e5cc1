using System.Diagnostics.Metrics;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>What a meter was told by the calls that a test makes, and by none that run beside it.</summary>
internal sealed class Measurements : IDisposable
{
    private static readonly AsyncLocal<Measurements?> Current = new();

    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Attributes)> _all = [];

    public Measurements(string meter)
    {
        Current.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, attributes, _) => Add(instrument, value, attributes));
        _listener.SetMeasurementEventCallback<double>((instrument, value, attributes, _) => Add(instrument, value, attributes));
        _listener.Start();
    }

    public IReadOnlyList<(double Value, string Attributes)> Of(string name)
    {
        lock (_all)
        {
            return [.. _all.Where(each => each.Name == name).Select(each => (each.Value, each.Attributes))];
        }
    }

    /// <summary>The sum of a counter, by the values of its attributes.</summary>
    public IReadOnlyDictionary<string, double> Sums(string name) =>
        Of(name).GroupBy(each => each.Attributes).ToDictionary(group => group.Key, group => group.Sum(each => each.Value));

    public void Dispose()
    {
        Current.Value = null;
        _listener.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        if (Current.Value != this)
        {
            return;
        }

        var text = string.Join(' ', attributes.ToArray().Select(each => each.Value));
        lock (_all)
        {
            _all.Add((instrument.Name, value, text));
        }
    }
}
