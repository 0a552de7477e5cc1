using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests.Storage;

public sealed class LocalDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("smb3")]
    [InlineData("9p")]
    [InlineData("fuse.sshfs")]
    [InlineData("fuse.blobfuse2")]
    [InlineData("virtiofs")]
    public void A_network_file_system_is_refused_by_name(string type)
    {
        var exception = Assert.Throws<StateStoreException>(
            () => SqliteStateStore.Open(_directory.Path, new SqliteSettings { MountTable = Mounts($"server:/export {_directory.Path} {type} rw 0 0") }));

        Assert.Contains(type, exception.Message);
        Assert.Contains("Azure Tables", exception.Message);
        Assert.Throws<StateStoreException>(() => WorkerLock.TryTake(_directory.Path, TimeProvider.System, Mounts($"x {_directory.Path} {type} rw 0 0")));
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void The_innermost_mount_decides()
    {
        var inner = Directory.CreateDirectory(_directory.File("in ner")).FullName;
        var outside = Directory.CreateDirectory(_directory.File("in")).FullName;
        var mounts = Mounts($"server:/x {_directory.Path} nfs rw 0 0\n/dev/sdb1 {inner.Replace(" ", @"\040")} xfs rw 0 0");

        Assert.Equal(inner, LocalDirectory.Require(inner, mounts));
        Assert.Throws<StateStoreException>(() => LocalDirectory.Require(outside, mounts));
    }

    [Fact]
    public void A_mount_whose_name_only_begins_alike_does_not_count()
    {
        var state = Directory.CreateDirectory(_directory.File("state-1")).FullName;

        Assert.Equal(state, LocalDirectory.Require(state, Mounts($"server:/x {_directory.File("state")} nfs rw 0 0")));
    }

    [Fact]
    public void Of_two_mounts_on_one_point_the_later_decides() =>
        Assert.Throws<StateStoreException>(() => LocalDirectory.Require(
            _directory.Path, Mounts($"/dev/sdb1 {_directory.Path} ext4 rw 0 0\nserver:/x {_directory.Path} nfs rw 0 0")));

    [Fact]
    public void A_symbolic_link_to_a_network_file_system_is_followed()
    {
        var remote = Directory.CreateDirectory(_directory.File("remote")).FullName;
        Directory.CreateDirectory(Path.Combine(remote, "sub"));
        Directory.CreateSymbolicLink(_directory.File("link"), remote);

        Assert.Throws<StateStoreException>(() => LocalDirectory.Require(
            Path.Combine(_directory.File("link"), "sub"), Mounts($"server:/x {remote} nfs rw 0 0")));
    }

    [Fact]
    public void Links_behind_links_are_followed_too()
    {
        var remote = Directory.CreateDirectory(_directory.File("remote")).FullName;
        Directory.CreateDirectory(Path.Combine(remote, "sub"));
        Directory.CreateSymbolicLink(_directory.File("first"), remote);
        Directory.CreateSymbolicLink(_directory.File("second"), Path.Combine(_directory.File("first"), "sub"));

        Assert.Equal(Path.Combine(remote, "sub"), LocalDirectory.Require(_directory.File("second"), Mounts("")));
    }

    [Fact]
    public void The_machine_s_own_mount_table_allows_its_temporary_directory() =>
        Assert.Equal(_directory.Path, LocalDirectory.Require(_directory.Path));

    private static string Mounts(string lines) => $"/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n{lines}\n";
}
