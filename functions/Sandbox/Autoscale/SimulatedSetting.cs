using System.Text.Json;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>A setting as it is now, and what the engine remembers of its last action. The estate's lock guards it.</summary>
internal sealed class SimulatedSetting(TargetId id, JsonElement document, AutoscaleSetting setting)
{
    public TargetId Id => id;

    /// <summary>Location, tags and properties, as they were last put.</summary>
    public JsonElement Document { get; private set; } = document;

    public AutoscaleSetting Setting { get; private set; } = setting;

    public DateTimeOffset? CoolingUntil { get; set; }

    public void Replace(JsonElement other, AutoscaleSetting read) => (Document, Setting) = (other, read);
}
