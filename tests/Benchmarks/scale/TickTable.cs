using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>A table of what ticks took, a row for each fleet, in markdown.</summary>
internal sealed class TickTable(string first, int ticks, int warmUp)
{
    /// <summary>Of a fleet that is already about as large as it should be: the first ticks mend what the estate began with.</summary>
    public const int WarmUp = 6;

    public const int Ticks = 30;

    public void Begin() => Console.WriteLine(
        $"""
        | {first} | tick p50 | p99 | processor time p50 | p99 | resident, most | allocated p50 | reads p50 | most | metric calls p50 | writes a tick | told 429 | calls failed |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """);

    public async Task RowAsync(string name, EstateSpec estate, PolicyMode mode, IReadOnlyList<string>? stores = null, string? own = null)
    {
        await using var fleet = await Fleet.StartAsync(estate, mode, stores, own);
        var measures = new List<TickMeasure>();
        for (var tick = 1; tick <= warmUp + ticks; tick++)
        {
            var measure = await fleet.TickAsync();
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{name}: tick {tick} of {warmUp + ticks}{(tick <= warmUp ? ", warming up" : "")}: {measure.Seconds:0.0} s, processor {measure.Processor.TotalSeconds:0.0} s, {measure.Decisions} decisions, asked {measure.Requests}"));
            if (tick > warmUp)
            {
                measures.Add(measure);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Of(each => each.Seconds, 50):0.00} s | {Of(each => each.Seconds, 99):0.00} s | {Of(each => each.Processor.TotalSeconds, 50):0.00} s | {Of(each => each.Processor.TotalSeconds, 99):0.00} s | {Of(each => each.ResidentMegabytes, 100):0} MiB | {Of(each => each.AllocatedMegabytes, 50):0} MB | {Of(each => each.Reads, 50):0} | {Of(each => each.Reads, 100):0} | {Of(each => each.MetricCalls, 50):0} | {measures.Average(each => each.Writes):0.0} | {measures.Sum(each => each.Throttled)} | {measures.Sum(each => each.FailedCalls)} |"));

        double Of(Func<TickMeasure, double> figure, int percent) => Percentile.Of(measures.Select(figure), percent);
    }
}
