namespace ScaleFunctions.Core.Forecasts;

/// <summary>What measured points come to: a history that can be forecast, or the reason why not.</summary>
public abstract record HistoryReading
{
    private HistoryReading()
    {
    }

    public sealed record Ready(LoadHistory History) : HistoryReading;

    public sealed record Unfit(string Reason) : HistoryReading;
}
