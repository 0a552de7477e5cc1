using System.Diagnostics;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// The spans of the cycle, for traces: one a tick, one a batch, and one a target only when it is changed or fails. Each step of
/// an action is one too, so that a trace shows where an action stopped.
/// </summary>
public static class CycleActivity
{
    public const string SourceName = "ScaleFunctions.Cycle";

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Where the caller is in a trace, as W3C Trace Context writes it, to be carried in a message; nothing when nobody traces.</summary>
    internal static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    /// <summary>The span of a batch.</summary>
    internal static Activity? Batch(EvaluateRequest request)
    {
        var activity = Source.StartActivity("batch");
        if (activity is { IsAllDataRequested: true } && request.Targets.Count > 0)
        {
            var first = request.Targets[0];
            activity.SetTag("scalefunctions.tick.id", request.TickId);
            activity.SetTag("scalefunctions.batch", request.Batch);
            activity.SetTag("scalefunctions.batch.targets", request.Targets.Count);
            activity.SetTag("scalefunctions.subscription.id", first.Id.Subscription);
            activity.SetTag("cloud.region", first.Region);
            activity.SetTag("scalefunctions.resource.type", first.Id.ResourceType);
        }

        return activity;
    }

    /// <summary>The span of a change of one target. It carries names and numbers, nothing of tags or addresses.</summary>
    internal static Activity? Change(TargetId target, ActionOrder order)
    {
        var activity = Source.StartActivity("target");
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("scalefunctions.target.id", target.Value);
            activity.SetTag("scalefunctions.policy", order.Policy);
            activity.SetTag("scalefunctions.policy.version", order.PolicyVersion);
            activity.SetTag("scalefunctions.reason.code", order.ReasonCode);
            activity.SetTag("scalefunctions.from", order.FromSize is { } size && order.Size is not null ? size : order.From);
            activity.SetTag("scalefunctions.to", order.Size is { } wanted ? wanted : order.Goal);
        }

        return activity;
    }

    /// <summary>Tells that nothing could be decided on a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="exception">Why. Its type only: a message may quote what it could not read.</param>
    internal static void Fail(TargetId target, Exception exception)
    {
        using var activity = Source.StartActivity("target.failed");
        activity?.SetTag("scalefunctions.target.id", target.Value);
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
