using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What cases are called in attributes of spans and metrics: the word of the type, in lower case with underscores.</summary>
internal static class TelemetryNames
{
    public static string Of(ReportKind kind) => Snake(kind.ToString());

    public static string Of(IntentEnd end) => Snake(end.GetType().Name);

    /// <summary>A case of a decision: a slash would look like the id of a resource, which no metric has.</summary>
    public static string OfCase(string reason) => reason.Replace('/', '.');

    public static string KindOf(Intent intent) =>
        intent.Upgrade is not null ? "upgrade"
        : intent.Size is not null ? "size"
        : intent.Setting is not null ? "floor"
        : intent.Goal >= intent.Base.Capacity ? "scale_out"
        : "scale_in";

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
