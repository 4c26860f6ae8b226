"""What is handed to those who run this: nginx accepts its files, the manifest keeps its schemas, the names agree."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from deploy.replicas import PORTS, configured, has_nginx, nginx

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
KUBERNETES = ("1.30", "1.34", kubernetes_validate.latest_version())
MANIFEST = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
KINDS = {one["kind"]: one for one in MANIFEST}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
PORT = 8501


def pod() -> dict:
    return KINDS["Deployment"]["spec"]["template"]["spec"]


def container() -> dict:
    return pod()["containers"][0]


# nginx ----------------------------------------------------------------------------------------------------------------
needs_nginx = pytest.mark.skipif(not has_nginx(), reason="nginx is missing; make test installs it")


def nginx_says(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(nginx(folder, "-t"), capture_output=True, text=True, check=False)


@needs_nginx
def test_nginx_accepts_its_files(tmp_path):
    found = nginx_says(configured(tmp_path, *PORTS.values()))
    assert found.returncode == 0 and "test is successful" in found.stderr, found.stderr


@needs_nginx
def test_nginx_refuses_a_broken_file(tmp_path):
    configured(tmp_path, *PORTS.values())
    path = tmp_path / "explorer.conf"
    path.write_text(path.read_text(encoding="utf-8").replace("ip_hash;", "ip_hash"), encoding="utf-8")
    assert nginx_says(tmp_path).returncode != 0


def test_nginx_is_told_other_ports(tmp_path):
    text = (configured(tmp_path, 1, 2, 3) / "explorer.conf").read_text(encoding="utf-8")
    assert re.findall(r"127\.0\.0\.1:(\d+)", text) == ["2", "3", "1"]
    assert not any(str(port) in text for port in PORTS.values())


def test_nginx_passes_on_what_the_websocket_and_its_check_of_origin_need():
    text = (DEPLOY / "explorer.conf").read_text(encoding="utf-8")
    for line in ("ip_hash;", "proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;",
                 "proxy_set_header Host $http_host;", "proxy_buffering off;"):
        assert line in text
    assert "proxy_hide_header" not in text and "add_header" not in text, "the app's own headers are the ones that count"


# Kubernetes -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("kind", KINDS)
def test_manifest_keeps_the_published_schema(kind, version):
    kubernetes_validate.validate(KINDS[kind], version, strict=True)


def test_manifest_with_a_misspelt_field_is_refused():
    wrong = yaml.safe_load(yaml.safe_dump(KINDS["Service"]).replace("sessionAffinity", "sessionAfinity"))
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES[-1], strict=True)


def test_pods_of_the_manifest_have_probes_limits_and_nothing_to_write_to():
    assert {"startupProbe", "readinessProbe", "livenessProbe"} <= set(container())
    assert container()["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert set(container()["resources"]["limits"]) == {"cpu", "memory"}
    assert container()["securityContext"]["readOnlyRootFilesystem"] and pod()["securityContext"]["runAsNonRoot"]
    assert [mount["mountPath"] for mount in container()["volumeMounts"]] == ["/tmp"]


def test_parts_of_the_manifest_find_one_another():
    labels = KINDS["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert KINDS["Deployment"]["spec"]["selector"]["matchLabels"] == labels == KINDS["Service"]["spec"]["selector"]
    assert all(KINDS[kind]["spec"][field]["matchLabels"] == labels for kind, field in
               (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")))
    backend = KINDS["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == KINDS["Service"]["metadata"]["name"]
    assert container()["ports"][0]["containerPort"] == PORT
    assert KINDS["NetworkPolicy"]["spec"]["egress"] == [] and KINDS["Deployment"]["spec"]["replicas"] >= 2


def test_a_tab_finds_its_replica_again():
    notes = KINDS["Ingress"]["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert KINDS["Service"]["spec"]["sessionAffinity"] == "ClientIP"


# Docker ---------------------------------------------------------------------------------------------------------------
def linted(path: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name("hadolint")
    return subprocess.run([str(program), str(path)], capture_output=True, text=True, check=False)


def test_dockerfile_is_parsed_and_has_nothing_to_object_to():
    found = linted(DEPLOY / "Dockerfile")
    assert found.returncode == 0, found.stdout + found.stderr


def test_dockerfile_with_an_unknown_instruction_is_refused(tmp_path):
    path = tmp_path / "Dockerfile"
    path.write_text(DOCKERFILE.replace("WORKDIR", "WORKDIRR"), encoding="utf-8")
    assert linted(path).returncode != 0


def test_image_runs_one_process_without_root_from_the_locked_packages():
    assert "USER 10001:10001" in DOCKERFILE and "-r requirements.lock" in DOCKERFILE
    assert f'"uvicorn", "asgi_app:app", "--host", "0.0.0.0", "--port", "{PORT}"' in DOCKERFILE
    assert "--workers" not in DOCKERFILE and "/ready" in DOCKERFILE


def test_image_holds_all_that_the_app_reads():
    from benchmarks.damage import PARTS

    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    kept = set(re.findall(r"(?m)^!(\S+)$", ignored))
    assert set(PARTS) <= kept and {"asgi_app.py", "streamlit_app.py", "requirements.lock", "CHANGELOG.md"} <= kept
    assert all((ROOT / name).exists() for name in kept)


# words ----------------------------------------------------------------------------------------------------------------
def test_instructions_name_every_file_and_the_rights():
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in DEPLOY.iterdir() if path.is_file()} - {"README.md"}
    assert not [name for name in files if name not in text]
    assert "NCCN's permission" in text and "make replicas" in text and "TLS" in text


def test_versions_agree():
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert container()["image"].endswith(f":{version.group(1)}")


def test_the_whole_test_run_installs_nginx_where_it_is_missing():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"(?m)^test:.* nginx\b", text) and re.search(r"(?m)^nginx:\n\t.*nginx-light", text)
