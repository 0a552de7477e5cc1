namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>How far an action has got.</summary>
public sealed record PhaseFacts(long Epoch, int From, int Goal, Uri? Operation);
