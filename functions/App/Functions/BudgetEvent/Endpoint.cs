using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.BudgetEvent;

/// <summary>
/// Takes in what is said of a budget. Events come late, twice, in any order, and from whoever may publish: each is a reason to look at
/// the budget, stored and answered at once, and nothing is done by what it says.
/// </summary>
internal sealed partial class Endpoint(BudgetSignals signals, IPolicySource policies, TimeProvider time, ILogger<Endpoint> logger) : ITriggerFunction
{
    public string Name => "BudgetEvent";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var said = SaidOfBudget.Read(invocation.Input("event"));
        if (said.Type != BudgetSignal.EventType)
        {
            Log.UnknownType(logger, said.Id.Length);
            return;
        }

        var outcome = await signals.TakeAsync($"{said.Topic}|{said.Id}", said.Signal, await policies.CurrentAsync(cancellationToken), time.GetUtcNow(), cancellationToken);
        if (outcome == BudgetSignals.Outcome.Foreign)
        {
            Log.Foreign(logger);
        }
        else
        {
            Log.Taken(logger, outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1171, LogLevel.Warning, "An event of an unknown type came to BudgetEvent and was let pass (its id has {Length} characters)")]
        public static partial void UnknownType(ILogger logger, int length);

        [LoggerMessage(1172, LogLevel.Error, "SECURITY: an event came to BudgetEvent about a budget that no policy is about; nothing was read for it")]
        public static partial void Foreign(ILogger logger);

        [LoggerMessage(1173, LogLevel.Information, "An event about a budget: {Outcome}")]
        public static partial void Taken(ILogger logger, BudgetSignals.Outcome outcome);
    }
}
