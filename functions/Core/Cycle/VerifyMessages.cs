using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Messages that ask for a look at an action.</summary>
internal static class VerifyMessages
{
    /// <summary>The first look comes when a scale operation has usually ended.</summary>
    private static readonly TimeSpan UsualDuration = TimeSpan.FromSeconds(90);

    public static WorkMessage Now(TargetId target, TimeSpan interval) => For(target, TimeSpan.Zero, interval);

    public static WorkMessage Later(TargetId target, TimeSpan interval) => For(target, UsualDuration, interval);

    private static WorkMessage For(TargetId target, TimeSpan visibleAfter, TimeSpan interval) => new(
        WorkKind.Verify,
        JsonSerializer.Serialize(new VerifyRequest(target) { TraceParent = CycleActivity.TraceParent }, CycleJson.Default.VerifyRequest),
        visibleAfter,
        visibleAfter + (5 * interval));
}
