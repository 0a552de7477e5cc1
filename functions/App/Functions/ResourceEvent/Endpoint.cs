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
internal sealed partial class Endpoint(ResourceMarks marks, TimeProvider time, ILogger<Endpoint> logger) : ITriggerFunction
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

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "An event of the unknown type {EventType} was let pass")]
        public static partial void UnknownType(ILogger logger, string eventType);

        [LoggerMessage(1102, LogLevel.Information, "An event of type {EventType} is about no resource with a capacity")]
        public static partial void NoTarget(ILogger logger, string eventType);

        [LoggerMessage(1104, LogLevel.Warning, "What came as an event is none and was let pass: {Reason}")]
        public static partial void NoEvent(ILogger logger, string reason);

        [LoggerMessage(1103, LogLevel.Information, "Event {EventType} on {Target}: {Outcome}")]
        public static partial void Taken(ILogger logger, string eventType, string target, ResourceMarks.Outcome outcome);
    }
}
