namespace ScaleFunctions.App.Local.Triggers;

/// <summary>A message, or a function of a tick, that was not done; the others were.</summary>
/// <param name="Function">The function that was called.</param>
/// <param name="Why">Why, and what becomes of it.</param>
/// <param name="IsLater">Whether it only had no time, and nothing failed.</param>
internal sealed record FailedWork(string Function, string Why, bool IsLater);
