using System.Text.Json;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Autoscale;

/// <summary>A setting at one moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">Location, tags and properties.</param>
internal sealed record SettingView(TargetId Id, JsonElement Document);
