using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.BudgetEvent;

/// <summary>
/// Takes in what is said of a budget. Events come late, twice, in any order, and from whoever may publish: each is a reason to look at
/// the budget, stored and answered at once, and nothing is done by what it says. One that is no event is told and let pass: the
/// Functions host answers any failure with 500, and Event Grid then delivers the whole batch again for a day.
/// </summary>
internal sealed partial class Endpoint(BudgetIntake intake, TimeProvider time, ILogger<Endpoint> logger) : ITriggerFunction
{
    public string Name => "BudgetEvent";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (Read(invocation.Input("event")) is not { } said)
        {
            return;
        }

        if (said.Type != BudgetSignal.EventType)
        {
            Log.UnknownType(logger, said.Id.Length);
            return;
        }

        await intake.TakeAsync($"{said.Topic}|{said.Id}", said.Signal, time.GetUtcNow(), cancellationToken);
    }

    private SaidOfBudget? Read(JsonElement element)
    {
        try
        {
            return SaidOfBudget.Read(element);
        }
        catch (InvocationFormatException exception)
        {
            Log.NoEvent(logger, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1171, LogLevel.Warning, "An event of an unknown type came to BudgetEvent and was let pass (its id has {Length} characters)")]
        public static partial void UnknownType(ILogger logger, int length);

        [LoggerMessage(1174, LogLevel.Warning, "What came to BudgetEvent as an event is none and was let pass: {Reason}")]
        public static partial void NoEvent(ILogger logger, string reason);
    }
}
