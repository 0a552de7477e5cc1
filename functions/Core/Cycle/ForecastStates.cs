using System.Text.Json;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps the states of the forecasts, one document a target.</summary>
public sealed class ForecastStates(IDocumentStore documents)
{
    private const string Partition = "forecasts";

    /// <summary>Beyond this its loads are too old to begin with again.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>The state and its version; a new one of version 0 when there is none, or when an unknown version of the program wrote it.</summary>
    public async Task<(ForecastState State, long Version)> ReadAsync(TargetId target, string signal, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadDocumentAsync(Partition, target.Key, cancellationToken).ConfigureAwait(false);
        var state = stored is null ? null : Parse(stored.Json);
        var known = state is not null && state.Signal == signal ? state : new ForecastState { Signal = signal };
        return (known with { Spread = TargetTurns.Within(target, ForecastKeeper.CalibrateEvery) }, stored?.Version ?? 0);
    }

    /// <summary>Writes the state if it is still the one that was read.</summary>
    public async Task<bool> WriteAsync(TargetId target, ForecastState state, long version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(state, ForecastJson.Default.ForecastState);
        var document = new StoredDocument(Partition, target.Key, version, json, now + KeptFor);
        return await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false) is RowWrite.Written;
    }

    // What cannot be read is learned again; it must not stop the forecasts of a target for ever.
    private static ForecastState? Parse(string json)
    {
        try
        {
            var state = JsonSerializer.Deserialize(json, ForecastJson.Default.ForecastState);
            return state is not null && state.Methods.All(method => method.Fit.Calibration.Models.All(ForecastModels.IsKnown)) ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
