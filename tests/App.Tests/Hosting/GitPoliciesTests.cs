using System.ComponentModel;
using System.Diagnostics;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Policies of a real checkout, pinned to a commit. Git makes it; the tests are skipped where there is none.</summary>
public sealed class GitPoliciesTests : IDisposable
{
    private const string Horizontal = "horizontal-scaling.yml";

    private readonly PolicyGround _ground = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_commit_that_is_pinned_is_in_force_and_its_name_is_kept_with_it()
    {
        var commit = await CommitAsync();
        using var watch = _ground.Watch(new GitPolicies(_ground.Policies, commit));

        Assert.Equal(12, await MaximumAsync(watch));

        Assert.Equal($"{_ground.Policies} at commit {commit[..12]}", Assert.Single((await _ground.Desk.ListAsync(Cancellation)).Sets).Place);
    }

    [Fact]
    public async Task Another_commit_keeps_the_last_good_set_until_it_is_pinned_without_a_restart()
    {
        var (first, pin) = (await CommitAsync(), _ground.File("pin"));
        await File.WriteAllTextAsync(pin, first + "\n", Cancellation);
        using var watch = _ground.Watch(new GitPolicies(_ground.Policies, $"@{pin}"));
        await watch.CurrentAsync(Cancellation);
        _ground.Edit(Horizontal, "maximum: 12", "maximum: 11");
        var second = await CommitAsync();

        Assert.Equal(12, await SettledAsync(watch));
        var trouble = (await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble;
        Assert.Equal($"the checkout {_ground.Policies} is at commit {second}, and {first} is pinned: check that out, or pin the other", trouble?.Why);

        await File.WriteAllTextAsync(pin, second.ToUpperInvariant(), Cancellation);
        Assert.Equal(11, await SettledAsync(watch));
        Assert.Null((await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble);
    }

    [Theory]
    [InlineData("changed", Horizontal)]
    [InlineData("assumed", Horizontal)]
    [InlineData("added", "more.yml")]
    [InlineData("ignored", "more.yml")]
    [InlineData("deleted", "load-based-scaling.yml")]
    public async Task A_work_tree_that_is_not_what_the_commit_holds_is_refused(string how, string named)
    {
        await SamplePolicies.WriteToAsync(_ground.Policies);
        await File.WriteAllTextAsync(_ground.File("policies/.gitignore"), how == "ignored" ? "more.yml\n" : "", Cancellation);
        var commit = await CommitAsync();
        using var watch = _ground.Watch(new GitPolicies(_ground.Policies, commit));
        await watch.CurrentAsync(Cancellation);
        switch (how)
        {
            case "changed":
                _ground.Edit(Horizontal, "maximum: 12", "maximum: 11");
                break;
            case "assumed":
                await GitAsync("update-index", "--assume-unchanged", Horizontal);
                _ground.Edit(Horizontal, "maximum: 12", "maximum: 11");
                break;
            case "deleted":
                File.Delete(Path.Combine(_ground.Policies, named));
                break;
            default:
                File.Copy(Path.Combine(_ground.Policies, Horizontal), Path.Combine(_ground.Policies, named));
                break;
        }

        Assert.Equal(12, await SettledAsync(watch));

        Assert.Contains(
            $"is not what commit {commit} holds: {named}. Commit that", (await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_in_a_checkout_is_read_alone_and_what_is_no_policy_may_differ()
    {
        await SamplePolicies.WriteToAsync(_ground.File("policies/deep/er"));
        await File.WriteAllTextAsync(_ground.File("policies/broken.yml"), "kind: [", Cancellation);
        await File.WriteAllTextAsync(_ground.File("policies/deep/er/ch.ics"), "BEGIN:VCALENDAR\nEND:VCALENDAR\n", Cancellation);
        var commit = await CommitAsync(isWritten: true);
        await File.WriteAllTextAsync(_ground.File("policies/deep/notes.txt"), "not a policy", Cancellation);

        var read = await new GitPolicies(_ground.File("policies/deep"), commit).ReadAsync(Cancellation);

        Assert.Equal(4, read?.Files.Count);
        Assert.Equal(12, Assert.Single(read!.Policies.HorizontalScaling).Maximum);
    }

    [Theory]
    [InlineData("packed")]
    [InlineData("old index")]
    [InlineData("work tree")]
    [InlineData("shared")]
    [InlineData("sha256")]
    public async Task A_commit_is_read_however_the_repository_keeps_it(string how)
    {
        // Many policies in many versions, so that packs make trees of others.
        await SamplePolicies.WriteToAsync(_ground.Policies);
        foreach (var file in Enumerable.Range(0, 40))
        {
            await File.WriteAllTextAsync(_ground.File($"policies/more-{file}.yml"), $"# {file}\n", Cancellation);
        }

        var commits = new List<string> { await CommitAsync(isWritten: true, "--object-format", how == "sha256" ? "sha256" : "sha1") };
        for (var version = 0; version < 12; version++)
        {
            await File.AppendAllTextAsync(_ground.File($"policies/more-{version}.yml"), $"# {version}\n", Cancellation);
            commits.Add(await CommitAsync());
        }

        var checkout = _ground.Policies;
        switch (how)
        {
            case "packed" or "sha256":
                await GitAsync("gc", "--quiet");
                Assert.Empty(Directory.GetDirectories(Path.Combine(checkout, ".git", "objects"), "??"));
                Assert.Contains("chain length = ", await GitAsync("verify-pack", "-v", Assert.Single(Directory.GetFiles(Path.Combine(checkout, ".git", "objects", "pack"), "*.idx"))), StringComparison.Ordinal);
                break;
            case "old index":
                await GitAsync("-c", "pack.indexVersion=1", "gc", "--quiet");
                break;
            case "work tree":
                checkout = _ground.File("tree");
                await GitAsync("worktree", "add", "--quiet", "--detach", checkout, commits[0]);
                break;
            default:
                checkout = _ground.File("tree");
                await GitAsync("clone", "--quiet", "--shared", _ground.Policies, checkout);
                break;
        }

        foreach (var commit in commits)
        {
            await GitAsync("-C", checkout, "checkout", "--quiet", "--detach", commit);
            var policies = new GitPolicies(checkout, commit);
            if (how == "old index")
            {
                Assert.Contains("no index of a form that is known here", (await Assert.ThrowsAsync<UserErrorException>(() => policies.ReadAsync(Cancellation))).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(43, (await policies.ReadAsync(Cancellation))?.Files.Count);
            }
        }
    }

    [Fact]
    public async Task An_object_that_is_not_what_its_name_says_is_refused()
    {
        var commit = await CommitAsync();
        var tree = (await GitAsync("rev-parse", "HEAD^{tree}")).Trim();
        var blob = (await GitAsync("rev-parse", $"HEAD:{Horizontal}")).Trim();
        string Of(string hash) => _ground.File($"policies/.git/objects/{hash[..2]}/{hash[2..]}");
        File.SetAttributes(Of(tree), FileAttributes.Normal);
        File.Copy(Of(blob), Of(tree), overwrite: true);

        var damaged = await Assert.ThrowsAsync<UserErrorException>(() => new GitPolicies(_ground.Policies, commit).ReadAsync(Cancellation));
        Assert.Contains($"the object {tree} is not what its name says", damaged.Message, StringComparison.Ordinal);
        File.Delete(Of(tree));
        var missing = await Assert.ThrowsAsync<UserErrorException>(() => new GitPolicies(_ground.Policies, commit).ReadAsync(Cancellation));
        Assert.Contains($"the object {tree} is not there", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_checkout_or_no_pin_is_told()
    {
        await SamplePolicies.WriteToAsync(_ground.Policies);
        var none = await Assert.ThrowsAsync<UserErrorException>(() => new GitPolicies(_ground.Policies, new string('a', 40)).ReadAsync(Cancellation));
        Assert.Contains("is no Git checkout, nor does it lie in one", none.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_ground.File("pin"), "main", Cancellation);
        var branch = await Assert.ThrowsAsync<UserErrorException>(() => new GitPolicies(_ground.Policies, $"@{_ground.File("pin")}").ReadAsync(Cancellation));
        Assert.Contains("does not pin a commit; expected its whole hash", branch.Message, StringComparison.Ordinal);
        Assert.Equal([true, true, false, false, false], new[] { new string('a', 40), "@f", "@", "main", new string('g', 40) }.Select(GitPolicies.IsPin));
    }

    public void Dispose() => _ground.Dispose();

    private async Task<string> CommitAsync(bool isWritten = false, params string[] options)
    {
        if (!Directory.Exists(Path.Combine(_ground.Policies, ".git")))
        {
            if (!isWritten)
            {
                await SamplePolicies.WriteToAsync(_ground.Policies);
            }

            await GitAsync(["init", "--quiet", .. options]);
        }

        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Change policies");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        Process git;
        try
        {
            git = Process.Start(new ProcessStartInfo("git", ["-C", _ground.Policies, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no git on the path");
            throw;
        }

        using (git)
        {
            var errors = git.StandardError.ReadToEndAsync(Cancellation);
            var output = await git.StandardOutput.ReadToEndAsync(Cancellation);
            await git.WaitForExitAsync(Cancellation);
            Assert.True(git.ExitCode == 0, await errors);
            return output;
        }
    }

    private async Task<int> SettledAsync(PolicyWatch watch) => Assert.Single((await _ground.SettledAsync(watch)).HorizontalScaling).Maximum;

    private static async Task<int> MaximumAsync(PolicyWatch watch) => Assert.Single((await watch.CurrentAsync(Cancellation)).HorizontalScaling).Maximum;
}
