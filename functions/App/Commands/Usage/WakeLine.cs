namespace ScaleFunctions.App.Commands.Usage;

/// <summary>A target that is brought back from off-hours.</summary>
/// <param name="Target">Its name.</param>
/// <param name="By">Who wants it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when it is on whatever its hours say.</param>
/// <param name="Note">What else there is to know; empty when nothing.</param>
internal sealed record WakeLine(string Target, string By, string Reason, DateTimeOffset Until, string Note);
