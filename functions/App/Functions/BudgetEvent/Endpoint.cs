using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.BudgetEvent;

/// <summary>
/// Takes in what is said of a budget. Events come late, twice, in any order, and from whoever may publish: each is a reason to look at
/// the budget, stored and answered at once, and nothing is done by what it says. One that is no event is told and let pass: the
/// Functions host answers any failure with 500, and Event Grid then delivers the whole batch again for a day.
/// </summary>
internal sealed class Endpoint(BudgetIntake intake, TimeProvider time, ILogger<Endpoint> logger) : ITriggerFunction
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

    private static class Log
    {
        private static readonly Action<ILogger, int, Exception?> UnknownTypeMessage = LoggerMessage.Define<int>(
            LogLevel.Warning, new EventId(1171, nameof(UnknownType)), "An event of an unknown type came to BudgetEvent and was let pass (its id has {Length} characters)");

        private static readonly Action<ILogger, string, Exception?> NoEventMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1174, nameof(NoEvent)), "What came to BudgetEvent as an event is none and was let pass: {Reason}");

        public static void UnknownType(ILogger logger, int length) => UnknownTypeMessage(logger, length, null);

        public static void NoEvent(ILogger logger, string reason) => NoEventMessage(logger, reason, null);
    }
}
