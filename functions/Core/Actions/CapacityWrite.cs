using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>An absolute write: repeating it changes nothing.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Goal">Instances the resource shall have.</param>
/// <param name="IfMatch">The ETag of the read the goal was computed from; empty where the API has no precondition.</param>
public sealed record CapacityWrite(TargetId Target, int Goal, string IfMatch);
