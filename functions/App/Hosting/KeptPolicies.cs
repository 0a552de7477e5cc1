using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Policy files as they were when they were taken.</summary>
/// <param name="Version">Hash of the set.</param>
/// <param name="At">When it was loaded.</param>
/// <param name="Files">The files.</param>
internal sealed record KeptPolicies(string Version, DateTimeOffset At, IReadOnlyList<KeptPolicyFile> Files)
{
    /// <summary>More than this is no set of policies; the store has a limit too.</summary>
    public const int MostBytes = 1024 * 1024;

    public static bool IsTooLarge(IReadOnlyList<PolicyFile> files) => files.Sum(file => (long)file.Content.Length) > MostBytes;

    public static KeptPolicies Of(string version, DateTimeOffset at, IReadOnlyList<PolicyFile> files) =>
        new(version, at, [.. files.Select(file => new KeptPolicyFile(file.Name, Convert.ToBase64String(file.Content.Span)))]);

    /// <summary>What cannot be read, or lacks a part, is as good as nothing: it is written anew, and must not keep files that are right from being used.</summary>
    public static KeptPolicies? Parse(StoredDocument? document) =>
        document?.Read(AppJson.Default.KeptPolicies) is { Version: not null, Files: { } files } kept
        && files.All(file => file is { Name: not null, Content: not null })
            ? kept
            : null;

    /// <summary>The set, read as files are; nothing when its hash is not what was kept with it.</summary>
    public PolicySnapshot? Read()
    {
        try
        {
            List<PolicyFile> files = [.. Files.Select(file => new PolicyFile(file.Name, Convert.FromBase64String(file.Content)))];
            var policies = PolicyReader.Read(files);
            return policies.Version == Version ? new PolicySnapshot(policies, "") { Files = files } : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
