namespace ScaleFunctions.App.Hosting;

/// <summary>Policy files of a directory: of the package, or any other.</summary>
internal sealed class DirectoryPolicies(string directory) : IPolicyFiles
{
    public string Place => directory;

    public TimeSpan Every => TimeSpan.Zero;

    public Task<string> StampAsync(CancellationToken cancellationToken) => Task.FromResult(PolicyDirectory.Stamp(directory));

    public Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<PolicySnapshot?>(PolicyDirectory.Read(directory));
}
