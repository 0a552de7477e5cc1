namespace ScaleFunctions.Sandbox.Faults;

/// <summary>
/// The operation a write starts fails at its end. Of the instances a scale-out adds only <paramref name="Arriving"/>
/// come; when it has failed the capacity shows what there is.
/// </summary>
/// <param name="Code">Azure's error code.</param>
/// <param name="Message">Azure's message.</param>
/// <param name="Arriving">Additional instances that could be had.</param>
public sealed record OperationFails(
    string Code = "AllocationFailed", string Message = "There is not enough capacity for this size in this region.", int Arriving = 0)
    : FaultEffect;
