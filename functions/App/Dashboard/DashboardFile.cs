namespace ScaleFunctions.App.Dashboard;

/// <summary>A file of the page.</summary>
internal sealed record DashboardFile(string ContentType, string ETag, ReadOnlyMemory<byte> Content);
