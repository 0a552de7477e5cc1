using System.Diagnostics;
using OpenTelemetry;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>Counts the spans that are sent.</summary>
internal sealed class SpanCounter(UsageCounter? usage) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data) => usage?.Add(UsageKind.Spans);
}
