namespace ScaleFunctions.Core.Cycle;

/// <summary>How far one target would be lowered.</summary>
/// <param name="Target">Its key.</param>
/// <param name="Least">No fewer instances than this are meant.</param>
/// <param name="From">Instances there were. From more than these is another plan.</param>
public sealed record ApprovedLowering(string Target, int Least, int From);
