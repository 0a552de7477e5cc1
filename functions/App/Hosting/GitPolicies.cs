using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting.Git;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Policy files of a Git checkout, as long as it is at the commit that is pinned and each file is what that commit holds, by its
/// hash. What a work tree says of itself is not asked: an index can be told to overlook a change, and files can be ignored.
/// </summary>
/// <param name="directory">The checkout, or a directory in it.</param>
/// <param name="pin">The whole hash of a commit, or <c>@</c> and a file that holds one, so that it can be changed without a restart.</param>
internal sealed class GitPolicies(string directory, string pin) : IPolicyFiles
{
    private const int NamesTold = 3;

    public string Place => directory;

    public TimeSpan Every => TimeSpan.Zero;

    /// <summary>Whether a text names a commit, or a file that does.</summary>
    public static bool IsPin(string text) => text is ['@', _, ..] || GitHash.Is(text);

    public Task<string> StampAsync(CancellationToken cancellationToken) =>
        Task.FromResult($"{Pinned()}|{GitRepository.Open(directory).Head()}|{PolicyDirectory.Stamp(directory)}");

    public Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        var (pinned, repository) = (Pinned(), GitRepository.Open(directory));
        var head = repository.Head();
        if (head != pinned)
        {
            throw new UserErrorException($"the checkout {directory} is at commit {head}, and {pinned} is pinned: check that out, or pin the other");
        }

        var read = PolicyDirectory.Read(directory);
        if (Differing(read.Files, repository.Files(head, PolicyDirectory.IsPolicyFile)) is { Count: > 0 } differing)
        {
            throw new UserErrorException(
                $"the checkout {directory} is not what commit {head} holds: {string.Join(", ", differing.Take(NamesTold))}"
                + $"{(differing.Count > NamesTold ? $" and {differing.Count - NamesTold} more" : "")}. Commit that and pin the new commit, or restore the files");
        }

        return Task.FromResult<PolicySnapshot?>(read with { Stamp = $"{pinned}|{head}|{read.Stamp}", Place = $"{directory} at commit {head[..12]}" });
    }

    private List<string> Differing(IReadOnlyList<PolicyFile> files, IReadOnlyDictionary<string, string> held)
    {
        var there = files.ToDictionary(file => Path.GetRelativePath(directory, file.Name).Replace('\\', '/'), file => file.Content, StringComparer.Ordinal);
        return [.. there.Keys.Union(held.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => !there.TryGetValue(name, out var content) || !held.TryGetValue(name, out var hash) || GitHash.Of("blob", content.Span, hash.Length) != hash)];
    }

    private string Pinned()
    {
        if (pin[0] != '@')
        {
            return pin.ToLowerInvariant();
        }

        string text;
        try
        {
            text = File.ReadAllText(pin[1..]).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the file {pin[1..]} that pins a commit cannot be read: {exception.Message}", exception);
        }

        return GitHash.Is(text) ? text.ToLowerInvariant() : throw new UserErrorException($"the file {pin[1..]} does not pin a commit; expected its whole hash, 40 or 64 hexadecimal digits");
    }
}
