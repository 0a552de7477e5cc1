using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Functions.ResourceEvent;

/// <summary>
/// Takes in that a resource was changed. Events come late, twice and in any order, so this only marks the resource; the next
/// tick looks at it and tells what it finds. One that is no event is told and let pass: the Functions host answers any failure with 500,
/// and Event Grid then delivers the whole batch again for a day, good events included, while nothing makes this one better.
/// </summary>
internal sealed class Endpoint(ResourceMarks marks, TimeProvider time, ILogger<Endpoint> logger) : ITriggerFunction
{
    public string Name => "ResourceEvent";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (Read(invocation.Input("event")) is not { } incoming)
        {
            return;
        }

        if (!incoming.IsKnownType)
        {
            Log.UnknownType(logger, incoming.Type);
            return;
        }

        if (!TargetId.TryParse(incoming.ResourceId, out var target))
        {
            Log.NoTarget(logger, incoming.Type);
            return;
        }

        var outcome = await marks.TakeAsync(
            $"{incoming.Source}|{incoming.Id}", target, new ResourceMark(incoming.At, incoming.Describe()), time.GetUtcNow(), cancellationToken);
        Log.Taken(logger, incoming.Type, target.Name, outcome);
    }

    private ResourceChange? Read(JsonElement element)
    {
        try
        {
            return ResourceChange.Read(element);
        }
        catch (InvocationFormatException exception)
        {
            Log.NoEvent(logger, exception.Message);
            return null;
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> UnknownTypeMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1101, nameof(UnknownType)), "An event of the unknown type {EventType} was let pass");

        private static readonly Action<ILogger, string, Exception?> NoTargetMessage = LoggerMessage.Define<string>(
            LogLevel.Information, new EventId(1102, nameof(NoTarget)), "An event of type {EventType} is about no resource with a capacity");

        private static readonly Action<ILogger, string, Exception?> NoEventMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1104, nameof(NoEvent)), "What came as an event is none and was let pass: {Reason}");

        private static readonly Action<ILogger, string, string, ResourceMarks.Outcome, Exception?> TakenMessage = LoggerMessage.Define<string, string, ResourceMarks.Outcome>(
            LogLevel.Information, new EventId(1103, nameof(Taken)), "Event {EventType} on {Target}: {Outcome}");

        public static void UnknownType(ILogger logger, string eventType) => UnknownTypeMessage(logger, eventType, null);

        public static void NoTarget(ILogger logger, string eventType) => NoTargetMessage(logger, eventType, null);

        public static void NoEvent(ILogger logger, string reason) => NoEventMessage(logger, reason, null);

        public static void Taken(ILogger logger, string eventType, string target, ResourceMarks.Outcome outcome) => TakenMessage(logger, eventType, target, outcome, null);
    }
}
