using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ScaleFunctions.Sandbox;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>Whatever is typed or lies around: one message that says what, where and how to mend it, and a non-zero exit code.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("--frob", "--frob")]
    [InlineData("why web --frob", "--frob")]
    [InlineData("why", "why")]
    [InlineData("pause", "pause")]
    [InlineData("kill-switch", "on, off, status")]
    [InlineData("kill-switch maybe", "on, off, status")]
    [InlineData("--speed -1", "'-1'", "--speed", "0 or a positive number")]
    [InlineData("--speed abc", "'abc'", "--speed", "0 or a positive number")]
    [InlineData("--speed NaN", "'NaN'", "--speed", "0 or a positive number")]
    [InlineData("--speed Infinity", "'Infinity'", "--speed", "0 or a positive number")]
    [InlineData("--duration 0", "'0'", "1h30m")]
    [InlineData("--duration abc", "'abc'", "1h30m")]
    [InlineData("--duration 1x", "'1x'", "1h30m")]
    [InlineData("--duration 30s", "'30s'", "--duration", "at least 1 minute")]
    [InlineData("--port 99999", "'99999'", "--port", "0 to 65535")]
    [InlineData("--port abc", "'abc'", "--port", "0 to 65535")]
    [InlineData("--seed 1.5", "'1.5'", "--seed", "whole number")]
    [InlineData("--trace-mean 0", "'0'", "--trace-mean", "more than 0")]
    [InlineData("plan --format xml", "'xml'", "--format", "table, json, markdown or csv")]
    [InlineData("plan --format 1", "'1'", "--format")]
    [InlineData("history --limit 0", "'0'", "--limit", "at least 1")]
    [InlineData("why web --at yesterday", "'yesterday'", "2026-01-05T08:30")]
    [InlineData("why web --at 1/2", "'1/2'", "2026-01-05T08:30")]
    [InlineData("pause web --for ever", "'ever'", "1h30m")]
    [InlineData("override web --minimum 4 --for 2h --by ", "''", "--by", "a name")]
    [InlineData("pause web --by ", "''", "--by", "a name")]
    [InlineData("snooze web --for 1s", "'1s'", "at least 1 minute")]
    [InlineData("kill-switch on --reason ", "''", "--reason", "a reason")]
    [InlineData("approvals approve 1 --break-glass --reason ", "''", "--reason", "a reason")]
    [InlineData("--port 0 --state ", "the name of the state directory is empty", "--state")]
    [InlineData("why web", "no local run here yet", "--state")]
    [InlineData("history --state nowhere", "nowhere", "state.db")]
    [InlineData("--policies nowhere", "no directory nowhere", "init nowhere")]
    [InlineData("plan --policies nowhere", "no directory nowhere", "init nowhere")]
    [InlineData("validate nowhere", "no directory nowhere", "init nowhere")]
    [InlineData("validate policies/workloads.yml", "policies/workloads.yml is a file")]
    [InlineData("init policies/workloads.yml", "policies/workloads.yml is a file")]
    [InlineData("init policies/workloads.yml/deep", "policies/workloads.yml/deep", "Name another directory")]
    [InlineData("--port 0 --trace nowhere.csv", "nowhere.csv", "does not exist", "timestamp,value")]
    [InlineData("--port 0 --trace policies", "policies", "directory", "timestamp,value")]
    [InlineData("--port 0 --faults nowhere.json", "nowhere.json")]
    [InlineData("--port 0 --faults policies", "policies is a directory")]
    [InlineData("--port 0 --state policies/workloads.yml", "policies/workloads.yml is a file", "--state")]
    [InlineData("--port 0 --state policies/workloads.yml/deep", "policies/workloads.yml/deep", "--state")]
    [InlineData("--port 0 --sandbox foo", "'foo'", "port/thumbprint")]
    [InlineData("--port 0 --sandbox 1234/00", "'1234/00'", "64 hexadecimal digits")]
    [InlineData("--port 0 --sandbox 99999/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "port/thumbprint")]
    public async Task Is_told_apart(string arguments, params string[] words)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(words);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var place = new Workplace();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (await place.RunAsync($"--duration 5m --port {port}")).ShouldRefuse($"port {port} is in use", "--port");
    }

    [Fact]
    public async Task A_port_without_a_sandbox_is_named()
    {
        await using var place = new Workplace();
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        (await place.RunAsync($"--port 0 --sandbox {port}/{new string('a', 64)}")).ShouldRefuse($"port {port}", "start it first");
    }

    [Fact]
    public async Task A_sandbox_with_another_thumbprint_is_refused()
    {
        await using var place = new Workplace();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

        (await place.RunAsync($"--port 0 --sandbox {sandbox.Port}/{new string('a', 64)}")).ShouldRefuse($"port {sandbox.Port}", "thumbprint");
        Assert.Empty(sandbox.Writes.All);
    }

    [Fact]
    public async Task A_port_that_keeps_silent_is_given_up()
    {
        await using var place = new Workplace();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        (await place.RunAsync($"--port 0 --sandbox {port}/{new string('a', 64)}")).ShouldRefuse($"port {port}", "does not answer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("some text\nthat is no trace at all\n")]
    [InlineData("timestamp,value\n2026-03-02T00:00:00Z,abc\n")]
    public async Task A_trace_without_usable_rows_is_refused_at_its_line(string text)
    {
        await using var place = new Workplace();
        place.Write("t.csv", text);

        (await place.RunAsync("--duration 5m --port 0 --trace t.csv")).ShouldRefuse("t.csv:", "expected");
    }

    [Theory]
    [InlineData("", "expected an array of faults")]
    [InlineData("[ { \"times\": 1 } ]", "'effect'")]
    [InlineData("[ { \"effect\": { \"kind\": \"thottle\" } } ]", "no kind of fault 'thottle'")]
    public async Task Malformed_faults_are_refused_where_they_are(string text, string word)
    {
        await using var place = new Workplace();
        place.Write("f.json", text);

        (await place.RunAsync("--duration 5m --port 0 --faults f.json")).ShouldRefuse("f.json", word);
    }

    [Theory]
    [InlineData("--duration 5m --port 0 --state st")]
    [InlineData("kill-switch on --state st")]
    public async Task A_damaged_state_is_refused_and_left_as_it_is(string arguments)
    {
        await using var place = new Workplace();
        var garbage = RandomNumberGenerator.GetBytes(8192);
        Directory.CreateDirectory(place.File("st"));
        await File.WriteAllBytesAsync(place.File("st/state.db"), garbage, TestContext.Current.CancellationToken);

        (await place.RunAsync(arguments)).ShouldRefuse("state.db is damaged", "restore the last backup");
        Assert.Equal(garbage, await File.ReadAllBytesAsync(place.File("st/state.db"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Damaged_queues_are_refused_with_the_way_out_and_called_no_bug()
    {
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("st"));
        await File.WriteAllBytesAsync(place.File("st/queue.db"), RandomNumberGenerator.GetBytes(8192), TestContext.Current.CancellationToken);

        (await place.RunAsync("--duration 5m --port 0 --state st")).ShouldRefuse("queue.db are damaged", "delete queue.db");
    }

    [Theory]
    [InlineData("--duration 5m --port 0 --state st")]
    [InlineData("history --state st")]
    public async Task A_state_of_a_newer_version_is_refused(string arguments)
    {
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("st"));
        await StateFiles.ChangeAsync(place.File("st"), "PRAGMA user_version = 99");

        (await place.RunAsync(arguments)).ShouldRefuse("newer version", "format 99", "--state");
    }

    [Fact]
    public async Task A_file_where_states_are_kept_is_named()
    {
        await using var place = new Workplace();
        place.Write(".scalefunctions", "");

        (await place.RunAsync("--duration 5m --port 0")).ShouldRefuse(".scalefunctions is a file", "--state");
    }

    [Fact]
    public async Task An_unknown_target_is_refused_with_those_that_are_known()
    {
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("st"), Id("red", "one"), Id("red", "two"));

        (await place.RunAsync("why three --state st")).ShouldRefuse("no target 'three'", "one, two");
        (await place.RunAsync("pause three --state st")).ShouldRefuse("no target 'three'", "one, two");
    }

    [Fact]
    public async Task An_ambiguous_name_is_refused_with_the_ids_to_choose_from()
    {
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("st"), Id("red", "web"), Id("blue", "web"));

        (await place.RunAsync("why web --state st")).ShouldRefuse("2 targets", Id("red", "web"), Id("blue", "web"));
        (await place.RunAsync($"why {Id("blue", "web")} --state st")).ShouldBe(0);
    }

    [Fact]
    public async Task A_pipe_among_the_policies_is_waited_for_by_nobody()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes in the file system are a Unix thing");
        await using var place = new Workplace();
        place.Write("p/w.yml", "");
        using var pipe = System.Diagnostics.Process.Start("mkfifo", place.File("p/pipe.yml"));
        await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(place.File("p/device.yml"), "/dev/zero");

        var told = (await place.RunAsync("validate p")).ShouldBe(1).ShouldHideItsInside();

        Assert.All(["pipe.yml:1:1", "device.yml:1:1", "w.yml:1:1"], where => Assert.Contains(where, told.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_no_verb_in_a_stack_trace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell's pipe");
        await using var place = new Workplace();
        var program = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll")}'";

        foreach (var arguments in new[] { "--duration 30m --port 0", "history --limit 9999 --format json", "why web", "--help" })
        {
            var start = new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"{program} {arguments} | head -n 1"])
            {
                WorkingDirectory = place.Path,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var shell = System.Diagnostics.Process.Start(start)!;
            var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            new Finished(0, await output, error).ShouldHideItsInside();
        }
    }

    private static string Id(string group, string name) =>
        $"/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}";
}
