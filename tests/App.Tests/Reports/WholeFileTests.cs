using System.Diagnostics;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Reports;

namespace ScaleFunctions.App.Tests.Reports;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-file-").FullName;

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it()
    {
        File.WriteAllText(At("out.html"), "what was there before");

        WholeFile.RequireWritable(At("out.html"));
        Assert.Equal("what was there before", File.ReadAllText(At("out.html")));
        Write("out.html");

        Assert.Equal("new", File.ReadAllText(At("out.html")));
        Assert.Single(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_stays_and_what_it_leads_to_is_written(bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(At("real"));
        if (exists)
        {
            File.WriteAllText(At("real/out.html"), "old");
        }

        File.CreateSymbolicLink(At("between.html"), At("real/out.html"));
        File.CreateSymbolicLink(At("out.html"), "between.html");

        WholeFile.RequireWritable(At("out.html"));
        Write("out.html");

        Assert.Equal("new", File.ReadAllText(At("real/out.html")));
        Assert.Equal("between.html", new FileInfo(At("out.html")).LinkTarget);
        Assert.Single(Directory.EnumerateFileSystemEntries(At("real")));
    }

    [Fact]
    public void What_is_no_regular_file_is_never_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes in the file system are a Unix thing");
        using (var made = Process.Start("mkfifo", At("pipe")))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(At("link"), At("pipe"));

        Assert.All(["pipe", "link"], name =>
        {
            Assert.Contains("no regular file", Refused(() => WholeFile.RequireWritable(At(name))), StringComparison.Ordinal);
            Assert.Contains("no regular file", Refused(() => Write(name)), StringComparison.Ordinal);
        });
        Assert.Contains("no regular file", Refused(() => WholeFile.RequireWritable("/dev/null")), StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_directory).Count());
    }

    [Fact]
    public void A_directory_in_which_nothing_can_be_made_is_told_before_the_work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nobody can make files in /proc");

        Assert.StartsWith("/proc/out.html cannot be written: ", Refused(() => WholeFile.RequireWritable("/proc/out.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.CreateSymbolicLink(At("one"), At("other"));
        File.CreateSymbolicLink(At("other"), At("one"));

        Assert.Contains("cannot be written", Refused(() => WholeFile.RequireWritable(At("one"))), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Refused(Action action) => Assert.Throws<UserErrorException>(action).Message;

    private string At(string name) => Path.Combine(_directory, name);

    private void Write(string name) => WholeFile.Write(At(name), "new", CancellationToken.None);
}
