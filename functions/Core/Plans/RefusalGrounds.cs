using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>What may make Azure answer a write otherwise than it did, apart from the write itself.</summary>
/// <param name="PolicyVersion">Hash of the policy set.</param>
/// <param name="Tags">Hash of the target's tags; absent when they could not be read.</param>
/// <param name="Rights">Hash of what roles grant, and of the lock that holds it; absent when the roles could not be read.</param>
/// <param name="Autoscale">Hash of what Azure's own autoscale of the target is, floors of ours aside; absent when it could not be read.</param>
public sealed record RefusalGrounds(string PolicyVersion, string? Tags, string? Rights, string? Autoscale = null)
{
    public static RefusalGrounds None { get; } = new("", null, null);

    public static RefusalGrounds Of(string policyVersion, TargetTags tags, Preflight preflight, NativeAutoscale? native = null) => new(
        policyVersion,
        (tags as TargetTags.Known)?.Values is { } values
            ? Hash(values.OrderBy(tag => tag.Key, StringComparer.Ordinal).SelectMany(tag => (string[])[tag.Key, tag.Value]))
            : null,
        preflight.Granted is { } granted
            ? Hash([preflight.Lock?.Name ?? "", .. granted.Roles.SelectMany(role => (string[])["role", .. role.Actions, "not", .. role.NotActions])])
            : null,
        native switch
        {
            NativeAutoscale.Unread => null,
            NativeAutoscale.Steerable steerable => Hash([steerable.Setting.Key, $"{steerable.Minimum}", $"{steerable.Maximum}"]),
            NativeAutoscale.Unsteerable unsteerable => Hash([unsteerable.Setting.Key, unsteerable.Reason]),
            _ => Hash([]),
        });

    /// <summary>Whether something is another than before. What cannot be read is no change.</summary>
    public bool DifferFrom(RefusalGrounds earlier) => PolicyVersion != earlier.PolicyVersion
        || IsOther(Tags, earlier.Tags)
        || IsOther(Rights, earlier.Rights)
        || IsOther(Autoscale, earlier.Autoscale);

    private static bool IsOther(string? now, string? earlier) => now is not null && earlier is not null && now != earlier;

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(part => $"{part.Length}:{part}"))))[..8]);
}
