namespace ScaleFunctions.Core.Cycle;

/// <summary>How far one target would be lowered.</summary>
/// <param name="Target">Its key.</param>
/// <param name="Least">No fewer instances than this are meant.</param>
public sealed record ApprovedLowering(string Target, int Least);
