using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.RightsizeDaily;

/// <summary>
/// Looks at the size of each resource once a day: it runs every hour, for those whose hour it is. Once a day it looks for what stands
/// about, too, and each hour it sees to it that owners were told.
/// </summary>
internal sealed class Endpoint(
    RightsizingCycle cycle, LeftoverCycle leftovers, LeftoverTeller teller, IPolicySource policies, AzureTurns turns, ILogger<Endpoint> logger) : ITriggerFunction
{
    /// <summary>It is in no hurry, but ticks share Azure's limits with it: what would wait longer is not judged today.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public string Name => "RightsizeDaily";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await turns.ExchangeAsync(cancellationToken);
        using var turn = turns.Begin(LongestWait);
        var current = await policies.CurrentAsync(cancellationToken);
        var report = await cycle.RunAsync(current, cancellationToken);
        if (report.Judged + report.NotJudged.Count > 0)
        {
            Log.Looked(logger, report.Judged, report.Recommended, string.Join(", ", report.NotJudged.Select(each => $"{each.Value} {each.Key}")));
        }

        if (report.Left > 0)
        {
            Log.NoTime(logger, report.Left);
        }

        var (told, problems) = await leftovers.RunAsync(current, cancellationToken);
        foreach (var fact in told)
        {
            Log.StandsAbout(logger, fact.Id, fact.What, fact.PerMonth is { } amount ? $"{(fact.IsAtMost ? "at most " : "")}{amount} {fact.Currency} a month" : $"no price: {fact.WhyNotPriced}", fact.Command);
        }

        foreach (var problem in problems)
        {
            Log.NotLooked(logger, problem);
        }

        await teller.TellAsync(current, cancellationToken);
    }

    private static class Log
    {
        private static readonly Action<ILogger, int, int, string, Exception?> LookedMessage = LoggerMessage.Define<int, int, string>(
            LogLevel.Information, new EventId(1141, nameof(Looked)), "Judged the sizes of {Judged} resources, of which {Recommended} should have another size or count; not judged: {NotJudged}");

        private static readonly Action<ILogger, int, Exception?> NoTimeMessage = LoggerMessage.Define<int>(
            LogLevel.Warning, new EventId(1142, nameof(NoTime)), "There was no time to look at the sizes of {Left} resources; they come earlier another day");

        private static readonly Action<ILogger, string, string, string, string, Exception?> StandsAboutMessage = LoggerMessage.Define<string, string, string, string>(
            LogLevel.Information, new EventId(1143, nameof(StandsAbout)), "{Resource} stands about: {What}; {Amount}; {Command}");

        private static readonly Action<ILogger, string, Exception?> NotLookedMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1144, nameof(NotLooked)), "What stands about is not all known: {Problem}");

        public static void Looked(ILogger logger, int judged, int recommended, string notJudged) => LookedMessage(logger, judged, recommended, notJudged, null);

        public static void NoTime(ILogger logger, int left) => NoTimeMessage(logger, left, null);

        public static void StandsAbout(ILogger logger, string resource, string what, string amount, string command) => StandsAboutMessage(logger, resource, what, amount, command, null);

        public static void NotLooked(ILogger logger, string problem) => NotLookedMessage(logger, problem, null);
    }
}
